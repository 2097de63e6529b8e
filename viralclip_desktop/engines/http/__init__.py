"""The one way to services on the network: timeouts, retries, rate limits, limits of size, faults told in one
sentence, OAuth. Providers with an SDK of their own hand it :func:`.client.sdk_client`."""
