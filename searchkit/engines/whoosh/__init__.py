"""The default engine: an index of files, in pure Python.

Whoosh keeps the table of contents and gives the codec interface; what is in a segment is ours, since Whoosh's own codec
unpickles what it reads, does not notice damage, and merges five times as slowly.

engine          the protocol
generation      what a generation consists of
snapshot        what a search sees: the segments of one generation and their statistics
doc_set         sets of documents
searching/      search: a query tree run on a snapshot · term_lookup, group_scorer, filters: which documents hold its terms, what
                those are worth, which answer its filters · doc_counts: how often · score_bounds: MaxScore, so that few are scored
segment/        segment, writer, section_file: what is in a segment · postings, posting_blocks, byte_streams: posting lists as bytes
writing/        batch, buffer, merge: documents in, segments out · commits: how the state changes, and survives · whoosh_codec: the
                segments as Whoosh sees them
"""
