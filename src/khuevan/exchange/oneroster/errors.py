"""How a package of OneRoster is refused as a whole."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError


class NoPackage(DomainError):
    """No manifest: it is a zip of something else, or no zip."""

    code = "oneroster.no_package"
    message = _("This is no OneRoster package: it holds no manifest.csv.")
    status = 422


class VersionUnknown(DomainError):
    """A version that is not read."""

    code = "oneroster.version_unknown"
    message = _("The package is of OneRoster %(version)s. Versions 1.1 and 1.2 are read.")
    status = 422


class FileMissing(DomainError):
    """The manifest promises a file that is not there."""

    code = "oneroster.file_missing"
    message = _("manifest.csv names %(files)s, and the package does not hold it.")
    status = 422


class ManifestWrong(DomainError):
    """The manifest says of a file what the standard does not know."""

    code = "oneroster.manifest_wrong"
    message = _(
        "manifest.csv, row %(row)d: %(name)s is “%(value)s”; it must be absent, bulk or delta."
    )
    status = 422


class ColumnsMissing(DomainError):
    """A file lacks columns that no row can do without."""

    code = "oneroster.columns_missing"
    message = _("%(file)s lacks these columns: %(columns)s.")
    status = 422


class NothingInside(DomainError):
    """No file in it that lists are made of."""

    code = "oneroster.nothing_inside"
    message = _("The package holds neither classes nor users.")
    status = 422


class SchoolsSeveral(DomainError):
    """One school was named, and the package speaks of several."""

    code = "oneroster.schools_several"
    message = _(
        "The package speaks of %(count)d schools. Leave the code out: each is found by its"
        " identifier in orgs.csv."
    )
    status = 422


class FileTwice(DomainError):
    """Two files of one name in different folders."""

    code = "oneroster.file_twice"
    message = _("The package holds %(file)s twice.")
    status = 422


class FileUnreadable(DomainError):
    """One of its files cannot be read."""

    code = "oneroster.file_unreadable"
    message = _("%(file)s: %(reason)s")
    status = 422


class PackageTooLarge(DomainError):
    """More than the worker may hold."""

    code = "oneroster.too_large"
    message = _("The package holds more than %(limit)d cells. Bring it in parts, school by school.")
    status = 422
