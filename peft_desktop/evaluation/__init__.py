"""Judging a model: metrics, baselines, intervals, calibration, the report."""
