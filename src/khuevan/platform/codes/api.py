"""What other apps may use of the code lists."""

from khuevan.platform.codes.lists import Code, CodeTable, code_table, code_tables

__all__ = ["Code", "CodeTable", "code_table", "code_tables"]
