"""Splink on DuckDB in this process, or on Spark: the same settings, tables handed over as Parquet."""

import logging
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import duckdb
from splink import Linker

Name = Literal["duckdb", "spark"]
WORKERS = "local-cluster[2,1,2048]"
MEMORY = "4GB"


class EngineMissing(RuntimeError):
    """The engine asked for is not installed; the message says what to install."""


@dataclass
class Engine:
    """Where the work is done: the tables in DuckDB, and what Splink calls to score."""

    name: Name
    con: duckdb.DuckDBPyConnection
    spark: Any = None
    folder: Path = field(default_factory=Path)

    def linker(self, tables: Sequence[str], settings: dict[str, Any]) -> Linker:
        """Return Splink's linker over tables that `con` holds."""
        logging.getLogger("splink").setLevel(logging.ERROR)
        return Linker([self._api_table(table) for table in tables], settings, log_level=logging.ERROR)

    def _api_table(self, table: str) -> Any:
        if self.spark is None:
            return self._api().register(table, dataset_display_name=table)
        self.con.execute(f"copy {table} to '{self.folder / table}.parquet'")
        return self._api().register(
            self.spark.read.parquet(f"{self.folder / table}.parquet"), dataset_display_name=table
        )

    def _api(self) -> Any:
        if not hasattr(self, "_made"):
            self._made = self._make()
        return self._made

    def _make(self) -> Any:
        if self.spark is None:
            from splink.backends.duckdb import DuckDBAPI

            return DuckDBAPI(self.con)
        backend: Any = import_module("splink.backends.spark")
        return backend.SparkAPI(spark_session=self.spark, num_partitions_on_repartition=4)

    def bring(self, frame: Any, name: str, columns: str = "*") -> None:
        """Put what Splink made into the table `name`."""
        if self.spark is None:
            self.con.execute(f"create or replace table {name} as select {columns} from {frame.physical_name}")
            return
        made = self.folder / f"{name}.parquet"
        frame.as_spark_dataframe().write.mode("overwrite").parquet(str(made))
        self.con.execute(f"create or replace table {name} as select {columns} from read_parquet('{made}/*.parquet')")


@contextmanager
def start(name: Name, *, memory: str = MEMORY) -> Iterator[Engine]:
    """Start an engine; whatever it made is gone at the end."""
    with tempfile.TemporaryDirectory(prefix="fellwatch-link-") as folder:
        con = duckdb.connect(str(Path(folder) / "link.duckdb"))
        con.execute(f"set memory_limit = '{memory}'")
        con.execute("set preserve_insertion_order = false")
        con.execute(f"set temp_directory = '{folder}/spill'")
        spark = _spark(Path(folder)) if name == "spark" else None
        try:
            yield Engine(name, con, spark, Path(folder))
        finally:
            con.close()
            if spark is not None:
                spark.stop()


def _spark(folder: Path) -> Any:
    """Start Spark with workers of their own on this machine; a cluster is named by FELLWATCH_SPARK_MASTER."""
    if find_spec("pyspark") is None:
        raise EngineMissing("Spark is not installed: install fellwatch[spark], and Java 17 or newer.")
    import pyspark
    from pyspark.sql import SparkSession
    from splink.backends.spark import similarity_jar_location

    os.environ.setdefault("SPARK_HOME", str(Path(pyspark.__file__).parent))
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    master = os.environ.get("FELLWATCH_SPARK_MASTER", WORKERS)
    build = SparkSession.builder.master(master).appName("fellwatch-link")
    session = (
        build.config("spark.jars", similarity_jar_location())
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.default.parallelism", "4")
        .getOrCreate()
    )
    session.sparkContext.setCheckpointDir(str(folder / "checkpoints"))
    return session
