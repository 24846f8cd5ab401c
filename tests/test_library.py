from __future__ import annotations

from pathlib import Path

import pytest

from evalkit import library
from evalkit.problems import NOWHERE, Place

ROOT = Path(__file__).parents[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "study" / "surveys").mkdir(parents=True)
    (tmp_path / "study" / "indicators" / "awards").mkdir(parents=True)
    (tmp_path / "secret.yaml").touch()
    return tmp_path / "study"


def test_what_ships_is_found_by_name(folder: Path) -> None:
    for kind, place in library.FOLDERS.items():
        paths = list(library.builtins(kind))
        beside = [path for each, other in library.FOLDERS.items() if other == place for path in library.builtins(each)]
        assert sorted(beside) == sorted((library.root() / place).glob("*.yaml"))
        assert paths
        for path in paths:
            assert library.find(f"builtin:{path.stem}", kind, folder, NOWHERE) == (path, [])


def test_in_a_checkout_the_folders_beside_the_package_are_the_library() -> None:
    assert library.root() == ROOT
    assert not (ROOT / "evalkit" / "library_files").exists()


def test_in_a_wheel_the_package_data_are_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "evalkit"
    (package / "library_files").mkdir(parents=True)
    monkeypatch.setattr(library, "__file__", str(package / "library.py"))
    assert library.root() == package / "library_files"


def test_the_users_own_file_is_taken_first(folder: Path) -> None:
    own = folder / "surveys" / "digital-transformation.yaml"
    own.touch()
    reference = "builtin:digital-transformation"
    assert library.find(reference, "questionnaire", folder, NOWHERE) == (own, [])
    assert library.find(reference, "indicators", folder, NOWHERE)[0] != own
    nearest = folder / "digital-transformation.yaml"
    nearest.touch()
    assert library.find(reference, "questionnaire", folder, NOWHERE) == (nearest, [])


def test_an_unknown_name_is_a_finding_with_a_suggestion(folder: Path) -> None:
    path, (found,) = library.find("builtin:digital-transformatoin", "indicators", folder, NOWHERE)
    assert path is None
    assert found.code == "EK004"
    assert "“digital-transformation”" in found.message("zh")


@pytest.mark.parametrize("name", ["../secret", "/etc/hosts", "surveys/../../secret", "..", "", "x" * 5000, "a\0b"])
def test_a_built_in_name_is_no_path(folder: Path, name: str) -> None:
    path, problems = library.find(f"builtin:{name}", "indicators", folder, NOWHERE)
    assert path is None
    assert [each.code for each in problems] == ["EK004"]


@pytest.mark.parametrize("path", ["../secret.yaml", "/etc/hosts", "a/../../secret.yaml", "..", "a\0b"])
def test_a_path_may_not_lead_out_of_the_folder(folder: Path, path: str) -> None:
    found, problems = library.within(folder, path, NOWHERE)
    assert found is None
    assert [each.code for each in problems] == ["EK003"]


def test_links_may_not_lead_out_of_the_folder_or_round_in_it(folder: Path) -> None:
    (folder / "link.yaml").symlink_to(folder.parent / "secret.yaml")
    (folder / "circle").symlink_to(folder / "circle")
    assert library.within(folder, "link.yaml", NOWHERE)[0] is None
    assert library.within(folder, "circle/x.yaml", NOWHERE)[0] is None or not library.is_file(folder / "circle/x.yaml")


@pytest.mark.parametrize("path", ["a.yaml", "./a.yaml", "surveys/../a.yaml", "名册.yaml", "", "."])
def test_a_path_within_the_folder_need_not_exist(folder: Path, path: str) -> None:
    assert library.within(folder, path, NOWHERE) == ((folder / path).resolve(), [])


@pytest.mark.parametrize("name", ["x" * 5000, "a\0b", "none", "."])
def test_what_is_no_file(folder: Path, name: str) -> None:
    assert not library.is_file(folder / name)


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xff\x00")
    assert library.read_bytes(tmp_path / "a", NOWHERE) == (b"\xff\x00", [])


def test_what_is_no_file_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "study").mkdir()
    (tmp_path / "study" / "study.yaml").touch()
    (tmp_path / "empty").mkdir()
    for name, code, example in [
        ("none", "EK001", None),
        ("study/", "EK011", "study/study.yaml"),
        ("empty", "EK011", "empty/…"),
    ]:
        data, (found,) = library.read_bytes(tmp_path / name, Place(file=name))
        assert (data, found.code, found.place.file) == (None, code, name)
        assert dict(found.params).get("example") == example


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    data, (found,) = library.read_bytes(tmp_path / ("x" * 300), Place(file="x"))
    assert (data, found.code) == (None, "EK002")
    assert dict(found.params)["reason"]
