"""Videos from sites: fetched by their address, and the renewal of what fetches them."""
