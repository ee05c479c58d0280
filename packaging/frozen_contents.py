"""What the frozen program takes along of transformers: the text models, and what they lean on."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

# The kinds of models that our families read, by their folder in transformers/models.
TEXT_MODELS = """
    auto
    bert roberta albert distilbert electra camembert xlm_roberta xlm_roberta_xl deberta deberta_v2
    ernie roformer mpnet modernbert convbert mobilebert squeezebert nomic_bert eurobert
    longformer big_bird fnet funnel xlnet roberta_prelayernorm bert_generation
    gpt2 gpt_neo gpt_neox gptj opt bloom codegen llama mistral ministral mixtral
    qwen2 qwen2_moe qwen3 qwen3_moe smollm3 gemma gemma2 gemma3 phi phi3 olmo olmo2 olmo3
    granite falcon stablelm starcoder2 cohere glm glm4 ernie4_5 internlm3 hunyuan_v1_dense
    modernbert_decoder encoder_decoder code_llama gpt_sw3
    t5 mt5 umt5 byt5 bart mbart mbart50 pegasus longt5 m2m_100 marian barthez
    bert_japanese bertweet cpm herbert phobert
"""

# Files that serve only those who build or test the libraries themselves.
_BALLAST_FOLDERS = (
    *("torch/test", "torch/include", "torch/share"),
    *("pyarrow/include", "pyarrow/src", "pyarrow/tests"),
)
_BALLAST_NAMES = ("libtorchbind_test", "libjitbackend_test", "libbackend_with_compiler")
# Parts of pyarrow that talk to servers; an offline program has no use for them.
SERVER_MODULES = tuple(f"pyarrow.{m}" for m in ("_flight", "flight", "_s3fs"))
# Ways of Qt to paint without a desktop, on bare screens and over networks, and GTK's looks with
# all that GTK brings along (file dialogs come through the desktop's portal).
_FOREIGN_PLUGINS = (
    *("egldeviceintegrations", "generic", "networkinformation", "tls"),
    *("platforms/libqeglfs", "platforms/libqlinuxfb", "platforms/libqminimalegl"),
    *("platforms/libqvkkhrdisplay", "platforms/libqvnc", "platformthemes/libqgtk3"),
)
_GTK = ("libatk", "libcairo", "libpango", "libgdk", "libgtk", "libpixman", "libthai", "libdatrie")
_SERVER_LIBRARIES = ("arrow_flight", "arrow_python_flight", "arrow_s3")


def parts() -> list[str]:
    """The packages that `peft_desktop/ui/about.py` names, as far as they are installed here."""
    from importlib import metadata

    about = Path(__file__).resolve().parents[1] / "peft_desktop" / "ui" / "about.py"
    for node in ast.parse(about.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "PARTS":
            named = [str(n.value) for n in ast.walk(node) if isinstance(n, ast.Constant)]
            return [name for name in named if any(metadata.distributions(name=name))]
    return []


def starter_files() -> list[tuple[str, str]]:
    """Data entries (file, folder inside) of the starter models, where `catalogue` looks for them.

    Those that the project made itself lie in resources/ anyway. Raises SystemExit where a package
    is not installed: a frozen program without its starters is not what was asked for.
    """
    from importlib import metadata

    from peft_desktop.tuning.catalogue import STARTERS

    entries = []
    for starter in STARTERS:
        package = metadata.distribution(starter.distribution)
        root = Path(str(package.locate_file(starter.root)))
        for name in starter.files:
            if not (root / name).is_file():
                raise SystemExit(f"{starter.source} lacks {name}: python dev.py setup")
            inside = PurePosixPath("resources", "models", starter.name, name).parent
            entries.append((str(root / name), str(inside)))
    return entries


def starter_called(name: str) -> Any:
    """The starter model of that name (`catalogue.Starter`)."""
    from peft_desktop.tuning.catalogue import starters

    return next(starter for starter in starters() if starter.name == name)


def unused_model_families(transformers: Path) -> list[str]:
    """The modules `transformers.models.X` that nothing we keep imports.

    `transformers` is the folder of the installed library, which finds its models by looking into
    that folder: one that is absent is simply unknown to it.
    """
    models = transformers / "models"
    there = {folder.name for folder in models.iterdir() if (folder / "__init__.py").exists()}
    kept: set[str] = set()
    outside = (f for f in transformers.rglob("*.py") if models not in f.parents)
    todo = there & {*TEXT_MODELS.split(), *_families_imported(outside, transformers)}
    while todo:
        family = todo.pop()
        kept.add(family)
        files = (models / family).rglob("*.py")
        todo |= (set(_families_imported(files, transformers)) & there) - kept
    return [f"transformers.models.{family}" for family in sorted(there - kept)]


def _families_imported(files: Iterable[Path], transformers: Path) -> Iterator[str]:
    """The model families that `files` import when they are imported themselves."""
    for file in files:
        package = file.relative_to(transformers.parent).parts[:-1]
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in _run_at_import(tree):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            else:
                up = package[: len(package) + 1 - node.level] if node.level else ()
                base = ".".join((*up, *filter(None, [node.module])))
                names = [f"{base}.{alias.name}" for alias in node.names]
            for name in names:
                parts = name.split(".")
                if parts[:2] == ["transformers", "models"] and len(parts) > 2:
                    yield parts[2]


def _run_at_import(tree: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif not _is_left_out_at_import(node):
            yield from _run_at_import(node)


def _is_left_out_at_import(node: ast.AST) -> bool:
    if isinstance(node, ast.If):
        return "TYPE_CHECKING" in ast.unparse(node.test)
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def is_ballast(destination: str) -> bool:
    """Whether a collected file serves only those who build or test the libraries themselves."""
    path = PurePosixPath(destination.replace("\\", "/"))
    if path.parts[:2] == ("torch", "bin"):
        return path.name != "torch_shm_manager"
    if path.parts[:1] == ("resources",):  # caches that tools leave beside our own files
        return any(part == "__pycache__" or part.startswith(".") for part in path.parts)
    if path.match("PySide6/Qt/plugins/*/*"):
        plugin = "/".join(path.parts[3:])
        return plugin.startswith(_FOREIGN_PLUGINS)
    return (
        any(path.is_relative_to(folder) for folder in _BALLAST_FOLDERS)
        or path.name.startswith(_BALLAST_NAMES)
        or (len(path.parts) == 1 and path.name.startswith(_GTK))
        or path.name.removeprefix("lib").startswith(_SERVER_LIBRARIES)
    )
