"""The interactive page of a finished run: one HTML file that loads nothing, is read without scripts and on paper."""

from evalkit.reports.page.render import PAGE, page_html, write_page

__all__ = ["PAGE", "page_html", "write_page"]
