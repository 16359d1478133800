"""The recruiter's pages: server-rendered, htmx for what is live, usable without any script."""
