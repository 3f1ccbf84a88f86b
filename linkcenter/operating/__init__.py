"""What whoever runs LINK looks at: logs, health, measures, and the parts it is made of."""
