"""How static files are named."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Names with a hash where ``collectstatic`` has run, plain names where it has not.

    Browsers keep the former for ever; whitenoise serves the latter from the applications'
    own folders, so that the site also works straight from a clone.
    """

    def stored_name(self, name: str) -> str:
        try:
            return super().stored_name(name)
        except ValueError:
            return name
