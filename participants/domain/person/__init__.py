"""The person: how to reach them, what they have said yes to, and the page of their own."""
