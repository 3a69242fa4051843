"""What a worker can do: one module per intention, one public function of the same name."""
