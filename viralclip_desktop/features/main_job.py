"""The main job; going: see ``features.workflows.main_job``."""

from viralclip_desktop.features.workflows.main_job import MAIN_JOB, MainJobOptions

KIND = MAIN_JOB.name
__all__ = ["KIND", "MainJobOptions"]
