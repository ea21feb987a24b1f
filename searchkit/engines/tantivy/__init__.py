"""The engine for large collections: matching, phrases and first ranking by Tantivy, scores worked out here.

engine     the protocol
batch      documents in
commits    the commit file: which state holds, and the checksums of its files
store      opening and creating; what Tantivy's errors mean
schema     what a document is in Tantivy
encoding   how ids and terms are written in it
positions  how the terms of a word come to stand at one position
snapshot   what a search sees, and its statistics
external_merge   long lists of ids in order
query_builder, term_queries, patterns   a query tree as a Tantivy query
term_occurrences, counting   how often a term or a sequence stands in documents
threads    several searches at once
approximation       what Tantivy can do of the formula, to choose candidates
ranking    scores by the formula of `engines.base`, and the best of them
"""
