"""The API under /v1: routes, thin. They parse, call the store and answer."""
