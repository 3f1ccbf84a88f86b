"""The staff's site: who may come in, its head, its help and its handbook."""
