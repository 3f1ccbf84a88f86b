"""The named views of each list of the centres' admin: which rows wait for somebody."""
