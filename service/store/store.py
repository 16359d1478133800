"""The store: one door to everything that is kept.

`store.tenant(…)` is one transaction of one tenant; its repositories see nothing of any other. The
few methods beside it cross tenants, because they come before it is known whose turn it is: who
signs in, which work waits, which deliveries are due.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session as Transaction

from service.store import candidate_links, deliveries, templates, verifications
from service.store.access import Account, SignedIn, hash_secret
from service.store.actor import SYSTEM, Actor, Role
from service.store.blobs import Blobs
from service.store.database import migrate, open_database
from service.store.errors import Conflict, NotFound
from service.store.faces import prune_forgotten
from service.store.keys import Key, Unopenable
from service.store.of_tenant import OfTenant
from service.store.results import Work
from service.store.scope import Scope
from service.store.tables import ApiKey, DoomedBlob, Session, Tenant, User, Verification
from service.store.tidying import drop_uploads, overwrite_erased, uploads_given_up

__all__ = ["OfTenant", "Store"]

log = structlog.get_logger()

PRUNED_EVERY = timedelta(hours=1)


class Store:
    """The database and the blobs under one master key."""

    def __init__(
        self,
        url: str,
        master: Key,
        blobs: Blobs,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.blobs = blobs
        self.clock = clock
        self._master = master
        self._engine = open_database(url)
        self._not_overwritten = False
        self._pruned_at: datetime | None = None
        self._when_erased: list[Callable[[UUID], None]] = []
        self._reader = self._engine.execution_options(reads_only=True, postgresql_readonly=True)

    def migrate(self) -> None:
        """Make or update the tables."""
        migrate(self._engine)
        self._overwrite_erased()  # A crash may have come between a deletion and this.

    def close(self) -> None:
        """Give back all connections."""
        self._engine.dispose()

    def ping(self) -> None:
        """Reach the database. Raises `sqlalchemy.exc.SQLAlchemyError` where that fails."""
        with self._reader.connect() as connection:
            connection.execute(sa.text("SELECT 1"))

    @contextmanager
    def tenant(self, tenant: UUID, actor: Actor, *, reads_only: bool = False) -> Iterator[OfTenant]:
        """One transaction of a tenant: all of it is kept, or nothing.

        `reads_only` takes no lock and can record nothing: what it opens is shown to nobody, but
        used for the service's own work.

        Raises:
            NotFound: no such tenant.
            Conflict: another request did the same thing at the same moment.
        """
        try:
            with self._transaction(reads_only=reads_only) as session:
                row = session.get(Tenant, tenant)
                if row is None:
                    raise NotFound("tenant")
                key = self._master.unwrap(row.wrapped_key, about=f"tenant/{tenant}")
                scope = Scope(session, tenant, key, actor, self.blobs, self.clock())
                yield OfTenant(scope)
        except IntegrityError as error:
            raise Conflict(
                "at-the-same-time", "Another request did this at the same moment; try again."
            ) from error
        if scope.erased:
            self._overwrite_erased()
            for tell in self._when_erased:
                tell(tenant)

    def when_erased(self, tell: Callable[[UUID], None]) -> None:
        """Call this with the tenant after each deletion in this process that is through."""
        self._when_erased.append(tell)

    def _overwrite_erased(self) -> None:
        # Where somebody reads an old page, `tidy` comes back to it.
        self._not_overwritten = not overwrite_erased(self._engine)

    def tidy(self) -> None:
        """What is to be done now and then: erase what could not be, drop uploads given up."""
        if self._not_overwritten:
            self._overwrite_erased()
        self._drop_uploads_given_up()
        self._prune_forgotten_faces()
        self.remove_doomed_blobs()

    def _drop_uploads_given_up(self) -> None:
        with self._transaction(reads_only=True) as session:
            cut_off = uploads_given_up(session, self.clock())
        if cut_off:
            with self._transaction() as session:
                drop_uploads(session, cut_off)

    def _prune_forgotten_faces(self) -> None:
        now = self.clock()
        if self._pruned_at is None or now - self._pruned_at > PRUNED_EVERY:
            with self._transaction() as session:
                prune_forgotten(session, now)
            self._pruned_at = now

    @contextmanager
    def _transaction(self, *, reads_only: bool = False) -> Iterator[Transaction]:
        bound = self._reader if reads_only else self._engine
        with Transaction(bound, expire_on_commit=False) as session, session.begin():
            yield session

    def check_master_key(self) -> None:
        """Whether this is the key that what is stored was sealed under.

        Raises:
            Unopenable: it is another one, such as a new one made where the old was lost.
        """
        with self._transaction(reads_only=True) as session:
            row = session.scalar(sa.select(Tenant).limit(1))
        if row:
            self._master.unwrap(row.wrapped_key, about=f"tenant/{row.id}")

    # Tenants, and who comes in.

    def add_tenant(self, name: str) -> UUID:
        """A new tenant with a key of its own. Raises `Conflict` where the name is taken."""
        tenant = uuid4()
        with self._transaction() as session:
            if session.scalar(sa.select(Tenant.id).where(Tenant.name == name)):
                raise Conflict("tenant-exists", "There is a tenant of this name already.")
            session.add(
                Tenant(
                    id=tenant,
                    name=name,
                    created_at=self.clock(),
                    wrapped_key=self._master.wrap(Key.new(), about=f"tenant/{tenant}"),
                )
            )
        return tenant

    def tenants(self) -> dict[str, UUID]:
        """All tenants by name."""
        with self._transaction(reads_only=True) as session:
            return {row.name: row.id for row in session.scalars(sa.select(Tenant))}

    def has_users(self) -> bool:
        """Whether anybody can sign in yet."""
        with self._transaction(reads_only=True) as session:
            return session.scalar(sa.select(User.id).limit(1)) is not None

    def email_digest(self, email: str) -> bytes:
        """By what an address is found again."""
        return self._master.digest(email.strip().casefold(), about="user/email")

    def account(self, email: str) -> Account | None:
        """The account of an address."""
        with self._transaction(reads_only=True) as session:
            row = session.scalar(
                sa.select(User).where(User.email_digest == self.email_digest(email))
            )
            if row is None:
                return None
            disabled = row.disabled_at is not None
            return Account(row.tenant_id, row.id, row.password_hash, Role(row.role), disabled)

    def signed_in(self, token: str) -> SignedIn | None:
        """Whose session this is, where it is good."""
        with self._transaction(reads_only=True) as session:
            found = session.execute(
                sa.select(Session, User)
                .join(User, User.id == Session.user_id)
                .where(
                    Session.token_hash == hash_secret(token),
                    Session.expires_at > self.clock(),
                    User.disabled_at.is_(None),
                )
            ).first()
            if found is None:
                return None
            row, user = found
            return SignedIn(row.tenant_id, row.user_id, Role(user.role), row.csrf)

    def key_holder(self, secret: str) -> tuple[UUID, Actor] | None:
        """The tenant and actor of an API key that is good; its use is noted once an hour."""
        now = self.clock()
        with self._transaction(reads_only=True) as session:
            row = session.scalar(
                sa.select(ApiKey).where(
                    ApiKey.secret_hash == hash_secret(secret), ApiKey.revoked_at.is_(None)
                )
            )
        if row is None:
            return None
        if row.used_at is None or now - row.used_at > timedelta(hours=1):
            with self._transaction() as session:
                session.execute(sa.update(ApiKey).where(ApiKey.id == row.id).values(used_at=now))
        return row.tenant_id, Actor.key(row.id)

    def candidate(self, token: str) -> tuple[UUID, UUID] | None:
        """The tenant and the verification that a candidate's link opens, where it is good."""
        with self._transaction(reads_only=True) as session:
            return candidate_links.holder(session, token, self.clock())

    # Work that waits, whoever's it is.

    def queued_work(self) -> list[Work]:
        """Submissions that wait for a worker or are with one, the oldest first."""
        with self._transaction(reads_only=True) as session:
            return [Work(*pair) for pair in verifications.queued_work(session)]

    def tenant_of(self, verification: UUID) -> UUID | None:
        """Whose verification this is; `None` where it was deleted."""
        with self._transaction(reads_only=True) as session:
            return session.scalar(
                sa.select(Verification.tenant_id).where(Verification.id == verification)
            )

    def take_over_templates(self) -> bool:
        """Move some templates out of verdicts of before; `False` where none are left."""
        with self._transaction(reads_only=True) as session:
            tenants = templates.tenants_with_some_left(session)
        for tenant in tenants:
            try:
                with self.tenant(tenant, SYSTEM) as t:
                    t.templates.take_over()
            except Unopenable:
                log.warning("tenant's key damaged", tenant=str(tenant))
                continue
            return True
        return False

    def claim_due(self, *, lease: timedelta, limit: int) -> list[tuple[UUID, UUID]]:
        """Deliveries whose time has come, as (tenant, delivery): the caller's for the lease."""
        with self._transaction() as session:
            return deliveries.claim_due(session, self.clock(), lease, limit)

    def remove_doomed_blobs(self) -> int:
        """Remove the bytes whose rows are gone, up to 1000 at once; how many there were."""
        with self._transaction(reads_only=True) as session:
            doomed = session.scalars(sa.select(DoomedBlob.id).limit(1000)).all()
        for blob in doomed:
            self.blobs.delete(blob)
        if doomed:
            with self._transaction() as session:
                session.execute(sa.delete(DoomedBlob).where(DoomedBlob.id.in_(doomed)))
        return len(doomed)
