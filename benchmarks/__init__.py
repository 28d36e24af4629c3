"""What does the extension cost, beside what people would use instead?"""
