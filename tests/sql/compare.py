"""Compares an engine's answers with those of `hjemmel decide`, row by row and column by column.

    compare.py duckdb|postgres|spark FOLDER

FOLDER holds one folder for each scene, as `tests/sql.rs` writes them: the view for each engine, `borgere.csv` with the
citizens, `svar.csv` with what the plain evaluator decides of them. A difference is printed with both answers, and fails.
"""

import csv
import pathlib
import re
import subprocess
import sys
import tempfile

NULL = "\\N"
BETWEEN = "\x1f"
SHOWN = 10


def view_of(sql):
    return re.search(r"CREATE (?:OR REPLACE )?VIEW [`\"](\w+)[`\"]", sql).group(1)


def table_of(sql):
    """The input table, as the view itself describes it in a comment."""
    lines = sql.split("\n")
    first = next(at for at, line in enumerate(lines) if line.startswith("-- CREATE TABLE"))
    last = next(at for at in range(first, len(lines)) if lines[at] == "-- );")
    return "\n".join(line[3:] for line in lines[first : last + 1]).rstrip(";")


def unknown_words(folder, names):
    """Rows with a word that is none of a list: the columns whose comment says `en af`."""
    sql = (folder / "duckdb.sql").read_text()
    lists = set(re.findall(r'^--   "(.*)" VARCHAR,? -- .*: en af ', sql, re.M))
    return [name for name in names if name in lists]


class DuckDB:
    def __init__(self, scratch):
        import duckdb

        print("DuckDB", duckdb.__version__)
        self.engine = duckdb.connect()

    def answer(self, scene, sql, rows, out):
        run = self.engine.execute
        run("DROP VIEW IF EXISTS " + view_of(sql))
        run("DROP TABLE IF EXISTS borgere")
        run(table_of(sql))
        run(f"COPY borgere FROM '{rows}' (HEADER, NULLSTR '{NULL}')")
        run(sql)
        run(f"COPY (SELECT * FROM {view_of(sql)}) TO '{out}' (HEADER, NULLSTR '{NULL}')")


class Postgres:
    """`PGHOST` and the like say where it listens."""

    def __init__(self, scratch):
        print(subprocess.run(["psql", "-XAtc", "SELECT version()"], check=True, capture_output=True, text=True).stdout.strip())

    def answer(self, scene, sql, rows, out):
        view = view_of(sql)
        script = f"""
            DROP VIEW IF EXISTS {view};
            DROP TABLE IF EXISTS borgere CASCADE;
            {table_of(sql)};
            \\copy borgere FROM '{rows}' WITH (FORMAT csv, HEADER, NULL '{NULL}')
            {sql}
            \\copy (SELECT * FROM {view}) TO '{out}' WITH (FORMAT csv, HEADER, NULL '{NULL}')
        """
        script = "\n".join(line.strip() if line.strip().startswith("\\") else line for line in script.split("\n"))
        subprocess.run(["psql", "-Xq", "-v", "ON_ERROR_STOP=1"], input=script, text=True, check=True)


class Spark:
    def __init__(self, scratch):
        import pyspark
        from pyspark.sql import SparkSession

        print("Spark", pyspark.__version__)
        self.scratch = pathlib.Path(scratch)
        session = SparkSession.builder.master("local[4]").appName("hjemmel")
        settings = {
            "spark.ui.enabled": "false",
            "spark.sql.warehouse.dir": str(self.scratch / "warehouse"),
            "spark.local.dir": str(self.scratch),
            "spark.driver.memory": "4g",
            "spark.sql.shuffle.partitions": "4",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
        }
        for name, value in settings.items():
            session = session.config(name, value)
        self.engine = session.getOrCreate()
        self.engine.sparkContext.setLogLevel("ERROR")

    def answer(self, scene, sql, rows, out):
        run = self.engine.sql
        run("DROP VIEW IF EXISTS " + view_of(sql))
        run("DROP TABLE IF EXISTS borgere")
        run(table_of(sql) + " USING parquet")
        schema = self.engine.table("borgere").schema
        read = self.engine.read.csv(str(rows), schema=schema, header=True, nullValue=NULL, quote='"', escape='"', mode="FAILFAST")
        read.write.insertInto("borgere")
        run(sql.rstrip().rstrip(";"))
        written = self.scratch / "svar"
        table = self.engine.table(view_of(sql))
        table.write.csv(str(written), mode="overwrite", nullValue=NULL, quote='"', escape='"')
        with open(out, "w") as joined:
            csv.writer(joined).writerow(table.columns)
            for part in sorted(written.glob("part-*.csv")):
                joined.write(part.read_text())


def by_id(path):
    """The columns, and each row as one text: a hundred thousand rows of hundreds of cells each would be gigabytes."""
    with open(path, newline="") as file:
        rows = csv.reader(file)
        names = next(rows)
        return names, {row[0]: BETWEEN.join(row) for row in rows}


def is_same(name, wanted, got):
    # why a row is nobody begins with the fact or the assumption
    return wanted == got or (name == "umulig" and wanted != NULL and got.startswith(wanted + " "))


def compare(engine, folder, scratch):
    sql = (folder / f"{type(engine).__name__.lower()}.sql").read_text()
    with open(folder / "borgere.csv", newline="") as file:
        citizens = file.read()
    names = next(csv.reader([citizens.split("\n", 1)[0]]))
    rows, out = scratch / "borgere.csv", scratch / "svar.csv"
    wanted_names, wanted = by_id(folder / "svar.csv")
    strangers = unknown_words(folder, names)
    # a day on which the view holds
    decided = (line for line in csv.DictReader(citizens.splitlines()) if wanted[line["id"]].split(BETWEEN)[1] == NULL)
    day = next(decided)["dato"] if strangers else NULL
    with open(rows, "w") as file:
        file.write(citizens)
        for stranger in strangers:
            cells = {"id": "fremmed " + stranger, "dato": day, stranger: "findes-ikke"}
            file.write(",".join(cells.get(name, NULL) for name in names) + "\n")
    engine.answer(folder.name, sql, rows, out)
    got_names, got = by_id(out)
    if wanted_names != got_names:
        sys.exit(f"{folder.name}: the columns are\n  {got_names}\nand should be\n  {wanted_names}")
    for stranger in strangers:
        cells = ["fremmed " + stranger, stranger] + [NULL] * (len(got_names) - 2)
        wanted[cells[0]] = BETWEEN.join(cells)
    if wanted.keys() != got.keys():
        sys.exit(f"{folder.name}: {len(got)} rows came out of {len(wanted)}")
    differences = 0
    for key, row in wanted.items():
        answer = got[key]
        if row == answer:
            continue
        for name, one, other in zip(wanted_names, row.split(BETWEEN), answer.split(BETWEEN)):
            if not is_same(name, one, other):
                differences += 1
                if differences <= SHOWN:
                    lines = csv.DictReader(citizens.splitlines())
                    citizen = next((line for line in lines if line["id"] == key), key)
                    print(f"{folder.name}, row {key}, {name}: hjemmel says {one}, the engine {other}\n  {citizen}")
    return len(wanted), len(wanted) * (len(wanted_names) - 1), differences


def main(name, folder):
    engines = {"duckdb": DuckDB, "postgres": Postgres, "spark": Spark}
    rows = cells = differences = scenes = 0
    with tempfile.TemporaryDirectory() as scratch:
        engine = engines[name](scratch)
        for scene in sorted(path for path in pathlib.Path(folder).iterdir() if path.is_dir()):
            of_scene = compare(engine, scene, pathlib.Path(scratch))
            scenes, rows = scenes + 1, rows + of_scene[0]
            cells, differences = cells + of_scene[1], differences + of_scene[2]
    print(f"{name}: {scenes} views, {rows} rows, {cells} answers compared, {differences} differences")
    sys.exit(1 if differences or not scenes else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
