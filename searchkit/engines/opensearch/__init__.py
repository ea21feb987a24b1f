"""The engine for more than one machine: the documents are kept by an OpenSearch cluster.

A folder of this engine holds one small file, which says where the cluster is (`cluster_address`); all else is in the
cluster: an index of documents, and beside it one of what writers must know of each other (`shared_state`).

    mapping         what a document looks like in the cluster
    match_queries   which documents answer a tree
    score_queries   the formula of `engines.base`, as a query
    best_matches    the best of many matches, without all being scored; `within_reach` tells which may be among them
    batch           changes, sent together; `change_log` keeps those of more than one request
    lease           one writer at a time, on any machine
    connection      requests, and their errors as sentences
"""
