"""`/docs`: the API for people to read and try, with Swagger UI from this machine.

FastAPI's own page runs a script from a public network beside the recruiters' sessions.
"""

from fastapi import FastAPI
from fastapi.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Bonafide API</title>
<link rel="stylesheet" href="/docs/ui/swagger-ui.css">
<link rel="icon" href="/docs/ui/favicon.png">
</head>
<body>
<main id="api">The API is described at <a href="/openapi.json">/openapi.json</a>.</main>
<script src="/docs/ui/swagger-ui-bundle.js"></script>
<script src="/docs/begin.js"></script>
</body>
</html>
"""
_BEGIN = """SwaggerUIBundle({
  url: "/openapi.json", dom_id: "#api", deepLinking: true, validatorUrl: null,
});
"""
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


def install(app: FastAPI) -> None:
    """Serve the page and what it loads; nothing comes from elsewhere."""
    files = StaticFiles(packages=[("fastapi_offline", "static")])
    app.mount("/docs/ui", files, name="swagger-ui")

    @app.get("/docs/begin.js", include_in_schema=False)
    def begin() -> Response:
        return Response(_BEGIN, media_type="text/javascript")

    @app.get("/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        return HTMLResponse(_PAGE, headers={"Content-Security-Policy": _POLICY})
