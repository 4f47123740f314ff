-- Loads the tables into DuckDB: duckdb farol.db < schema.sql, then this file, in the folder of the export.
@copies_duckdb@
