"""What is shown when carebook itself made a mistake."""
