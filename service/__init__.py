"""The running system: command line, application, workflow and reports around the verifiers."""
