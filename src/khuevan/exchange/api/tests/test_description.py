"""The description of the interface is complete and strict; `make check` compares the kept one."""

from __future__ import annotations

from typing import Any

from tests.cast import Client

from khuevan.exchange.api.root import KEY_PARAMETER, api


def operations() -> list[Any]:
    """Return every operation of the root."""
    return [
        operation
        for bound in api._get_bound_routers()
        for view in bound.path_operations.values()
        for operation in view.operations
    ]


def test_every_operation_states_its_permission() -> None:
    assert operations()
    for operation in operations():
        assert operation.view_func.permission.code


def test_every_body_refuses_what_it_does_not_know() -> None:
    for operation in operations():
        for model in operation.models:
            if model.__ninja_param_source__ != "body":
                continue
            for field in model.model_fields.values():
                assert field.annotation.model_config.get("extra") == "forbid", operation.path


def test_it_is_open_to_all_and_names_problems_and_keys(client: Client, db: None) -> None:
    found = client.get("/api/v1/openapi.json").json()
    assert found["openapi"].startswith("3.1")
    assert "Problem" in found["components"]["schemas"]
    for path in found["paths"].values():
        for method, operation in path.items():
            assert "default" in operation["responses"]
            assert operation["security"] == [{"AccessToken": []}, {"Session": []}]
            assert (KEY_PARAMETER in operation["parameters"]) == (method == "post")


def test_names_of_operations_are_unique() -> None:
    names = [api.get_openapi_operation_id(operation) for operation in operations()]
    assert len(names) == len(set(names))


def test_a_summary_says_what_is_done() -> None:
    for operation in operations():
        name = operation.view_func.__name__
        assert operation.summary, name
        assert operation.summary != name.title().replace("_", " ")


def test_there_is_no_page_of_documentation_that_loads_foreign_scripts(
    client: Client, db: None
) -> None:
    assert client.get("/api/v1/docs").status_code == 404
