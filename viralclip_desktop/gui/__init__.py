"""The window: the only owner of Qt. Small widgets and presenters over :class:`features.services.Services`."""
