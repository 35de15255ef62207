{items, page, pages: .total_pages, total}
