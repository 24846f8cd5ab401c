"""Floor 1: what a user declares (study, indicator set, questionnaire, award scheme), read from strict YAML."""
