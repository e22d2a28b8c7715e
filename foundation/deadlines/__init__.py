"""Working days now; obligations, reminders and escalation when their turn comes."""
