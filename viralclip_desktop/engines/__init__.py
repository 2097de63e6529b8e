"""The only owner of model SDKs and of the network: one file per provider, found through the registry."""
