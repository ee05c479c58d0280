"""The five pages, in the order of the story: data, prompt, train, evaluate, predict."""
