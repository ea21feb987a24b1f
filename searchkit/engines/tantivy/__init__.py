"""The engine for large collections: matching, phrases and first ranking by Tantivy, scores worked out here.

engine     the protocol
batch      documents in
store      the files: opening, creating, damage
schema     what a document is in Tantivy, and how ids and terms are written
positions  how the terms of a word come to stand at one position
snapshot   what a search sees, and its statistics
matching, patterns   a query tree as a Tantivy query
threads    several searches at once
counting   how often a term or a sequence stands in documents
approximation       what Tantivy can do of the formula, to choose candidates
ranking    scores by the formula of `engines.base`, and the best of them
"""
