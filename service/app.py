"""The application: everything that answers requests, at one glance. `bonafide serve` runs it."""

from anyio import CapacityLimiter
from fastapi import FastAPI
from sqlalchemy.exc import SQLAlchemyError

from service import errors
from service.api import (
    answers,
    audit,
    challenges,
    consent,
    decisions,
    deliveries,
    docs_page,
    evidence,
    faces,
    fields,
    frames,
    hooks,
    links,
    openapi,
    ordering,
    prompts,
    resumes,
    screening,
    surroundings,
    uploads,
    verdicts,
    verifications,
)
from service.api.caller import Parts
from service.api.edge import Edge
from service.api.streaming import SENDERS
from service.capture import page as capture
from service.capture.judging import Judges
from service.settings import SOFTWARE

ROUTERS = (
    ordering.router,
    answers.router,
    hooks.router,
    surroundings.router,
    surroundings.hook,
    verifications.router,
    evidence.router,
    frames.router,
    challenges.router,
    prompts.router,
    uploads.router,
    verdicts.router,
    fields.router,
    faces.router,
    links.router,
    resumes.router,
    consent.router,
    decisions.router,
    deliveries.router,
    screening.router,
    audit.router,
)


def create_app(runtime: Parts, judges: Judges | None = None) -> FastAPI:
    """The application on these parts, which its caller starts and stops.

    `judges` look at the answer to a challenge at once, where this process has time for it.
    """
    name, _, version = SOFTWARE.partition(" ")
    app = FastAPI(
        title=name.capitalize(),
        version=version,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.runtime = runtime
    app.state.senders = CapacityLimiter(SENDERS)
    app.add_middleware(Edge)
    errors.install(app)
    openapi.describe(app)
    for router in ROUTERS:
        app.include_router(router)

    docs_page.install(app)
    capture.install(app, judges)

    @app.get("/livez", summary="Is the process alive?", tags=["Health"])
    async def livez() -> dict[str, str]:
        return {"status": "alive"}

    @app.get(
        "/readyz",
        summary="Can it do its work?",
        tags=["Health"],
        responses=openapi.problems(503),
    )
    def readyz() -> dict[str, str]:
        try:
            runtime.store.ping()
        except SQLAlchemyError as error:
            raise errors.NotReady("The database") from error
        return {"status": "ready"}

    return app
