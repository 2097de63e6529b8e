"""What results: project data becomes a :class:`RenderPlan`, the plan becomes one ffmpeg graph."""
