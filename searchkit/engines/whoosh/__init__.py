"""The default engine: an index of files, in pure Python, kept by Whoosh with a codec of ours.

engine          the protocol
search          a query tree run on a snapshot
lookup, groups, narrowing   which documents hold its terms, what those are worth, which answer its filters
bounds          what documents can score at most, so that few are scored
hits, flags     sets of documents in the shapes that are quick
snapshot        what a search sees: the segments of one commit and their statistics
batch, buffer, merge   documents in, segments out
segment, segment_writer, sections   what is in a segment
postings, blocks, planes   posting lists as bytes
codec           the segments as Whoosh sees them
commits         how the state changes, and survives
"""
