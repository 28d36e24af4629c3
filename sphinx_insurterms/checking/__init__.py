"""What is wrong with a corpus, and what would mend it?"""
