# The bench offers four catalogues one after the other; which one is a fact of the account.
{path: "\(variable("facts").catalogue)/products", query: {page: .page}, safe: true}
