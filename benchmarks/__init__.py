"""What the bot costs, each figure measured against something real in the same go."""
