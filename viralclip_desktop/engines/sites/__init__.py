"""Videos from sites, fetched with yt-dlp: which address may be asked, the work in a worker process, what its
failures mean, and the renewal of yt-dlp itself."""
