"""The surfaces: what a command means, what a modal says, and what each answers."""
