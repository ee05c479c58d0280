"""The window: Qt and no torch. It meets the engine in `core/ports.Tuner`."""
