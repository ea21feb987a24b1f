"""The engine for large collections: matching, phrases and first ranking by Tantivy, scores worked out here.

engine     the protocol
batch      documents in
store      the files: opening, creating, damage
schema     what a document is in Tantivy, and how ids and terms are written
snapshot   what a search sees, and its statistics
matching   a query tree as a Tantivy query
counting   how often a term or a sequence stands in documents
ranking    scores by the formula of `engines.base`, and the best of them
"""
