"""Who the app is to Microsoft."""

from dataclasses import dataclass

from pydantic import SecretStr

from adapters.settings import Settings
from adapters.settings_of_microsoft import AppType


@dataclass(frozen=True, slots=True)
class Identity:
    """An app of one tenant, both by their ids. `secret` is None for the managed identity of a machine in Azure."""

    app_id: str
    tenant: str
    secret: SecretStr | None

    @classmethod
    def of(cls, settings: Settings) -> "Identity | None":
        """The one that is set; None where the bot is only tried, and nobody is asked who they are."""
        if settings.microsoft_app_id is None or settings.microsoft_app_tenant_id is None:
            return None
        managed = settings.microsoft_app_type is AppType.MANAGED
        secret = None if managed else settings.microsoft_app_password
        return cls(settings.microsoft_app_id, settings.microsoft_app_tenant_id, secret)
