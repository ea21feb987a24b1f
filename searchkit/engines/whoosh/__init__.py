"""The default engine: an index of files, in pure Python, kept by Whoosh with a codec of ours.

engine          the protocol
search, groups  a query tree run on a snapshot
snapshot        what a search sees: the segments of one commit and their statistics
batch, buffer, merge   documents in, segments out
segment, segment_writer, sections, postings   what is in a segment
codec           the segments as Whoosh sees them
commits, durable, lock   how the state changes, and survives
"""
