"""Floor 3: from answers to measures, scores, ranks and awards. Kernels take arrays and return arrays."""
