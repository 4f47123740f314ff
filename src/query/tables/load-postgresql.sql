-- Loads the tables into PostgreSQL: psql -f schema.sql -f load-postgresql.sql, in the folder of the export.
@copies_postgresql@
