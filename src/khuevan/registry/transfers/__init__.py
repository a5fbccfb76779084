"""Pupils and staff who change schools: request, papers, consent, decision, move."""
