"""How are languages built on many machines?  By the workers of a Dask scheduler.

The sources are a plugin of the workers, which each of them has once, whenever it comes.
A language is a task: of a worker that is lost, Dask gives the tasks to another.
"""

from __future__ import annotations

import shutil
import tempfile
import time
import uuid
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from distributed import Client, Future, WorkerPlugin, get_worker

from sphinx_insurterms.building.archives import pack, unpack
from sphinx_insurterms.building.placing import Place
from sphinx_insurterms.building.running import Built, LanguageBuild, Order, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from distributed import Worker


class ClusterError(Exception):
    """Workers cannot do what they are asked for."""


class Sources(WorkerPlugin):
    """The sources, on a worker; and the builds that it runs from them."""

    idempotent = True

    def __init__(self, name: str, archive: bytes) -> None:
        self.name = name
        self._archive = archive
        self.folder = Path()
        self.running: list[LanguageBuild] = []

    def setup(self, worker: Worker) -> None:
        """Write the sources down, where the worker has a place of its own."""
        self.folder = Path(worker.local_directory, self.name)
        unpack(self._archive, self.folder / "sources")

    def teardown(self, worker: Worker) -> None:
        """Leave nothing behind."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def stop(self) -> None:
        """End all builds at once."""
        for build in tuple(self.running):  # each leaves it, as it ends
            build.stop()


def _build_there(
    name: str, docs: str, language: str, order: Order
) -> tuple[Built, bytes]:
    """Build a language on a worker; return what came of it, and its files."""
    worker = get_worker()
    sources = cast("Sources", worker.plugins[name])
    with tempfile.TemporaryDirectory(dir=sources.folder) as folder:
        place = Place(Path(folder, "out"), Path(folder), language)

        def tell(what: str, said: Any) -> None:
            worker.log_event(name, {"language": language, what: said})

        build = LanguageBuild(
            docs=sources.folder / "sources" / docs,
            place=place,
            order=order,
            on_step=lambda _, step: tell("step", asdict(step)),
            on_line=lambda _, line: tell("line", line),
        )
        sources.running.append(build)
        built = build.run()
        sources.running.remove(build)
        return built, pack(place.published) if built.is_whole else b""


def _stop_there(name: str, dask_worker: Worker) -> None:
    for plugin in dask_worker.plugins.values():  # Dask has some of its own
        if isinstance(plugin, Sources) and plugin.name == name:
            plugin.stop()


@dataclass(kw_only=True)
class RemoteBuild:
    """The build of one language, on whatever machine there is."""

    cluster: Cluster
    place: Place
    order: Order
    on_step: Callable[[str, Step], None]
    on_line: Callable[[str, str], None]

    def run(self) -> Built:
        """Have it built, and put what came of it where readers see it, if it is whole."""
        began = time.monotonic()
        try:
            built, archive = self.cluster.build(self)
            if built.is_whole:
                shutil.rmtree(self.place.work, ignore_errors=True)
                unpack(archive, self.place.work)
                self.place.publish()
        except (Exception, CancelledError) as error:  # noqa: BLE001 - from anywhere
            built = Built.failed(
                self.place.language, f"{type(error).__name__}: {error}"
            )
        return replace(built, seconds=time.monotonic() - began)

    def stop(self) -> None:
        """End the build at once, and those of all others."""
        self.cluster.stop()


@dataclass
class Cluster:
    """A scheduler whose workers have the sources of a documentation."""

    client: Client
    name: str
    docs: str
    """The documents' folder, in that of the sources."""

    _builds: dict[str, RemoteBuild] = field(default_factory=dict)
    _futures: list[Future[Any]] = field(default_factory=list)
    _is_stopped: bool = False

    def build(self, build: RemoteBuild) -> tuple[Built, bytes]:
        """Have a language built; return what came of it, and its files."""
        language = build.place.language
        self._builds[language] = build
        future = self.client.submit(
            _build_there,
            *(self.name, self.docs, language, build.order),
            key=f"{self.name}-{language}",
            pure=False,
        )
        self._futures.append(future)
        built, archive = future.result()
        return built, archive

    def tell(self, event: tuple[float, dict[str, Any]]) -> None:
        """Pass on what a worker says of a language."""
        _, said = event
        build = self._builds[said["language"]]
        if "step" in said:
            build.on_step(said["language"], Step(**said["step"]))
        else:
            build.on_line(said["language"], said["line"])

    def stop(self) -> None:
        """End all builds at once."""
        if not self._is_stopped:
            self._is_stopped = True
            self.client.cancel(self._futures)
            self.client.run(_stop_there, self.name)


def client_at(address: str) -> Client:
    """Connect to a scheduler, for as long as Dask's own settings say.

    :param address: as Dask writes it, such as ``tcp://10.0.0.1:8786``.
    :raises OSError: if none answers.
    :raises ValueError: if that is no address.
    """
    return Client(address, set_as_default=False)


@contextmanager
def sent(
    client: Client, sources: Path, docs: Path, without: Collection[Path]
) -> Iterator[Cluster]:
    """Give the sources of a documentation to all workers, and to those that come later.

    :param sources: the folder that is sent, with all that the build reads; without
        links in its own path.
    :param docs: the folder of the documents, in it.
    :param without: what in the folder is not sent.
    :raises ClusterError: if a worker cannot take them.
    """
    name = f"insurterms-{uuid.uuid4().hex}"
    cluster = Cluster(client, name, docs.resolve().relative_to(sources).as_posix())
    client.subscribe_topic(name, cluster.tell)
    plugin = Sources(name, pack(sources, {one.resolve() for one in without}))
    try:
        try:
            client.register_plugin(plugin, name)
        except Exception as error:  # from anywhere
            raise ClusterError(f"{type(error).__name__}: {error}") from error
        yield cluster
    finally:
        client.unsubscribe_topic(name)
        client.unregister_worker_plugin(name)
