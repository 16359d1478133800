"""The candidate's page: by a link, without an account, what the camera check asks them to do."""
