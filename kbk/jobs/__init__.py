"""Long work done by the worker, with progress that pages can show."""
