"""What the reader's keys do, a module a group of actions."""
