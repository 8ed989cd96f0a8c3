"""The drawing kit under all tools: measured text, canvas, scales, axes, legend, page frame and tables."""
