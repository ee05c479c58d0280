"""The engine: the only room that knows torch. Its door is `tuner.LocalTuner`."""
